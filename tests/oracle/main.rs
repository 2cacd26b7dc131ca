//! The program held to the plain truth on small random cases: the compiled problem says of every rota what the
//! checker says, and the engines find what an exhaustive search finds.

mod brute;
mod cases;
mod days;
mod duties;
mod inside;
mod instances;
mod lines;
mod optima;
mod rows;
mod settled;
