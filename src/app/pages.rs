//! What people see, one module per page.

pub mod workbench;
