//! Why a case cannot be met, and the smallest cure.
