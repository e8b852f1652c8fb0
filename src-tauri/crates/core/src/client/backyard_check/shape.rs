//! Reading a JSON value whose type is not given: one place that turns every type into a call.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What stood where a value was read.
pub(super) enum Scalar<'a> {
    /// A text.
    Text(&'a str),
    /// A number that is not negative and has no fraction.
    Whole(u64),
    /// Another number, or a flag: its text.
    Other(String),
    /// Null.
    Null,
    /// An array or an object, skipped.
    Container,
}

/// Something that reads one JSON value of any type. Arrays and objects are skipped unless it wants them.
pub(super) trait Shape<'de>: Sized {
    /// What comes of it.
    type Value;

    /// Anything that is not an array or an object, or one that was skipped.
    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Self::Value, E>;

    /// An object.
    fn map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        skip_map(map)?;
        self.scalar(Scalar::Container)
    }

    /// An array.
    fn seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        skip_seq(seq)?;
        self.scalar(Scalar::Container)
    }
}

/// Reads an object to its end.
pub(super) fn skip_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<(), A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

/// Reads an array to its end.
pub(super) fn skip_seq<'de, A: SeqAccess<'de>>(mut seq: A) -> Result<(), A::Error> {
    while seq.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

/// Makes a shape readable by serde.
pub(super) struct Of<S>(pub(super) S);

impl<'de, S: Shape<'de>> DeserializeSeed<'de> for Of<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, S: Shape<'de>> Visitor<'de> for Of<S> {
    type Value = S::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<S::Value, E> {
        self.0.scalar(Scalar::Text(text))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<S::Value, E> {
        self.0.scalar(Scalar::Whole(number))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<S::Value, E> {
        self.0.scalar(Scalar::Other(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<S::Value, E> {
        // As JSON writes it: 1e300 has no three hundred zeros.
        let text = serde_json::Number::from_f64(number).map_or_else(String::new, |number| number.to_string());
        self.0.scalar(Scalar::Other(text))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<S::Value, E> {
        self.0.scalar(Scalar::Other(flag.to_string()))
    }

    fn visit_unit<E: Error>(self) -> Result<S::Value, E> {
        self.0.scalar(Scalar::Null)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<S::Value, A::Error> {
        self.0.map(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<S::Value, A::Error> {
        self.0.seq(seq)
    }
}

/// Reads a key without keeping its text.
pub(super) struct Key<F>(pub(super) F);

impl<'de, T, F: FnOnce(&str) -> T> DeserializeSeed<'de> for Key<F> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T, F: FnOnce(&str) -> T> Visitor<'_> for Key<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<T, E> {
        Ok((self.0)(key))
    }
}
