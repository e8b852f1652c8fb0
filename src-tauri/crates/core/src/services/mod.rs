//! Use cases: the only callers of the client and the ports.
