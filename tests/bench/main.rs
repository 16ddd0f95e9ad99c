//! Public benchmark formats: small problems of our own, solved by enumeration; spoilt files
//! and spoilt answers; the command as a person or a script meets it.

mod command;
mod inrc2;
mod patrol_graph;
mod pmal;
mod shift_scheduling;
mod small;
mod spoilt;
mod top;
mod toptw;
