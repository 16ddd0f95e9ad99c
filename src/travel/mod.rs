//! travel.
