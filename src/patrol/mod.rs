//! patrol.
