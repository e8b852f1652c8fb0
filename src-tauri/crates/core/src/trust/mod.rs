//! Whom TLS trusts: the system, a CA file, or one pinned certificate.
