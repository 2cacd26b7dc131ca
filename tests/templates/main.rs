//! The templates and generated months, from the command line to the files, as a supervisor would go.

mod border;
mod chinese;
mod passed_on;
mod payroll;
mod recount;
mod repeatable;
mod solved;
mod standing_in;
mod support;
