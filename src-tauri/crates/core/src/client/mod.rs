//! The platform's admin API over HTTP: the only place where a URL is built and where wire shapes are known.
