//! What serde asks of a reader: a value of any type, the entries of an object, the elements of an array.

use std::io::Read;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::{Error, Json};

/// How deep arrays and objects may lie in each other where they are read, as in `serde_json`.
const DEEPEST: u8 = 127;

impl<'de, R: Read> Deserializer<'de> for &mut Json<R> {
    type Error = Error;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.after_blanks()? {
            b'"' => {
                self.window.take(1);
                visitor.visit_str(self.text()?)
            }
            b'{' => self.nested(b'}', |json| visitor.visit_map(Entries { json, is_first: true })),
            b'[' => self.nested(b']', |json| visitor.visit_seq(Elements { json, is_first: true })),
            b'n' => self.literal(b"null").and_then(|()| visitor.visit_unit()),
            b't' => self.literal(b"true").and_then(|()| visitor.visit_bool(true)),
            b'f' => self.literal(b"false").and_then(|()| visitor.visit_bool(false)),
            _ => {
                self.number()?;
                let number = serde_json::from_slice::<serde_json::Number>(&self.scratch);
                let number = number.map_err(|_| self.wrong("a number is out of range"))?;
                match (number.as_u64(), number.as_i64()) {
                    (Some(whole), _) => visitor.visit_u64(whole),
                    (None, Some(negative)) => visitor.visit_i64(negative),
                    (None, None) => visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN)),
                }
            }
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.skip_value()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier
    }
}

impl<R: Read> Json<R> {
    #[inline]
    fn nested<T>(&mut self, closing: u8, read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        if self.depth == DEEPEST {
            return Err(self.wrong("arrays and objects lie too deep in each other"));
        }
        self.depth += 1;
        self.window.take(1);
        let value = read(self)?;
        self.expect_next(closing, "nobody wanted what stands here")?;
        self.depth -= 1;
        Ok(value)
    }

    /// Whether another entry or element follows, with its comma taken.
    #[inline]
    fn has_next(&mut self, closing: u8, is_first: &mut bool) -> Result<bool, Error> {
        let next = self.after_blanks()?;
        if next == closing {
            return Ok(false);
        }
        if !std::mem::take(is_first) {
            if next != b',' {
                return Err(self.wrong("a comma or the end is expected"));
            }
            self.window.take(1);
        }
        Ok(true)
    }
}

struct Entries<'a, R> {
    json: &'a mut Json<R>,
    is_first: bool,
}

impl<'de, R: Read> MapAccess<'de> for Entries<'_, R> {
    type Error = Error;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        if !self.json.has_next(b'}', &mut self.is_first)? {
            return Ok(None);
        }
        self.json.expect_next(b'"', "a key is expected")?;
        seed.deserialize(KeyText(self.json)).map(Some)
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        self.json.colon()?;
        seed.deserialize(&mut *self.json)
    }
}

struct Elements<'a, R> {
    json: &'a mut Json<R>,
    is_first: bool,
}

impl<'de, R: Read> SeqAccess<'de> for Elements<'_, R> {
    type Error = Error;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if !self.json.has_next(b']', &mut self.is_first)? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.json).map(Some)
    }
}

/// A key, its opening quote taken: it is read as a text also where nobody wants to know it.
struct KeyText<'a, R>(&'a mut Json<R>);

impl<'de, R: Read> Deserializer<'de> for KeyText<'_, R> {
    type Error = Error;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.0.text()?)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
