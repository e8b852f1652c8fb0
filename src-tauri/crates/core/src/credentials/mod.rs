//! Where passwords live: the keyring, this session, or nowhere.
