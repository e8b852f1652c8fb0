//! The envelope and its `data`.

use std::collections::HashSet;

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess};

use super::job::Draft;
use super::scope::{Names, Organization, OrganizationMap, Organizations, REPEATED};
use super::shape::{skip_map, skip_seq, Key, Of, Scalar, Shape};
use super::{CheckAnswer, CheckError, SUCCESS};
use crate::domain::time::Timestamp;
use crate::jobs::builder::{TableBuilder, TooMuch};

/// Characters of the platform's message that are kept.
const MESSAGE: usize = 1_000;
/// Characters of a result or a time that are kept.
const SHORT: usize = 100;

/// Everything that was found so far.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) builder: TableBuilder,
    pub(super) draft: Draft,
    pub(super) too_much: Option<TooMuch>,
    /// The first part that was found missing.
    lacking: Option<&'static str>,
    data: DataShape,
    result: Option<String>,
    message: Option<String>,
    time: Option<String>,
    /// `result` and `message` of an error found where the data belongs.
    inner: Option<(Option<String>, Option<String>)>,
    seen: HashSet<Part>,
    is_repeated: bool,
}

/// What `data` turned out to be.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum DataShape {
    #[default]
    Missing,
    /// Only `execute_count`, or nothing that is known: it may be anything.
    Bare,
    /// ITA 2.2: organizations by name.
    Maps,
    /// ITA 2.3 and later: a list of organizations.
    Lists,
    /// An array: an error in disguise.
    Error,
}

/// A part of which there may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    Data,
    Message,
    Result,
    Time,
    Count,
    Organizations,
    Unknown,
}

impl State {
    /// Notes that a part is missing or of another type; the first one is told.
    pub(super) fn lacks(&mut self, part: &'static str) {
        self.lacking.get_or_insert(part);
    }

    /// Stops reading.
    pub(super) fn give_up<E: Error>(&mut self, too_much: TooMuch) -> Result<(), E> {
        self.too_much = Some(too_much);
        Err(E::custom("too much"))
    }

    /// What the whole document means.
    pub(super) fn judge(self) -> Result<CheckAnswer, CheckError> {
        let platform_time = self.time.as_deref().and_then(Timestamp::parse);
        let is_success = self.result.as_deref() == Some(SUCCESS);
        if self.result.is_some() && !is_success {
            return Err(CheckError::ErrorInDisguise { result: self.result, message: self.message, platform_time });
        }
        if self.data == DataShape::Error {
            let (result, message) = self.inner.unwrap_or((self.result, self.message));
            return Err(CheckError::ErrorInDisguise { result, message, platform_time });
        }
        let lacking = match self.data {
            DataShape::Missing => self.lacking.or(Some("data")),
            DataShape::Bare => self.lacking.or(Some("data.organizations")),
            _ => self.lacking,
        };
        let lacking = lacking.or((!is_success).then_some("result")).or(self.is_repeated.then_some(REPEATED));
        match lacking {
            Some(part) => Err(CheckError::Incomplete { part }),
            None => Ok(CheckAnswer { table: self.builder.finish(), platform_time }),
        }
    }

    fn once(&mut self, part: Part) {
        if part != Part::Unknown && !self.seen.insert(part) {
            self.is_repeated = true;
        }
    }
}

/// The document.
pub(super) struct Document<'a>(pub(super) &'a mut State);

impl<'de> Shape<'de> for Document<'_> {
    type Value = ();

    fn scalar<E: Error>(self, _: Scalar<'_>) -> Result<(), E> {
        self.0.lacks("the envelope");
        Ok(())
    }

    fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let state = self.0;
        while let Some(part) = map.next_key_seed(Key(|key: &str| match key {
            "data" => Part::Data,
            "message" => Part::Message,
            "result" => Part::Result,
            "ts" => Part::Time,
            _ => Part::Unknown,
        }))? {
            state.once(part);
            match part {
                Part::Data => map.next_value_seed(Of(Data(state)))?,
                Part::Message => state.message = map.next_value_seed(Of(Short(MESSAGE)))?,
                Part::Result => state.result = map.next_value_seed(Of(Short(SHORT)))?,
                Part::Time => state.time = map.next_value_seed(Of(Short(SHORT)))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// A text, cut to a number of characters; `None` for anything else.
struct Short(usize);

impl Shape<'_> for Short {
    type Value = Option<String>;

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Option<String>, E> {
        Ok(match scalar {
            Scalar::Text(text) => Some(text.chars().take(self.0).collect()),
            _ => None,
        })
    }
}

struct Data<'a>(&'a mut State);

impl<'de> Shape<'de> for Data<'_> {
    type Value = ();

    fn scalar<E: Error>(self, _: Scalar<'_>) -> Result<(), E> {
        self.0.lacks("data");
        Ok(())
    }

    /// One broken workspace turns `data` into an array with the error inside, under "SUCCESS" (platform-contract §5).
    fn seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        self.0.data = DataShape::Error;
        while let Some(found) = seq.next_element_seed(Of(InnerError))? {
            if self.0.inner.is_none() {
                self.0.inner = found;
            }
        }
        Ok(())
    }

    fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let state = self.0;
        state.data = DataShape::Bare;
        let mut name = String::new();
        let mut names = Names::default();
        let mut count = None;
        while let Some(part) = map.next_key_seed(Key(|key: &str| match key {
            "execute_count" => Part::Count,
            "organizations" => Part::Organizations,
            _ => {
                key.clone_into(&mut name);
                Part::Unknown
            }
        }))? {
            match part {
                Part::Count => {
                    state.once(part);
                    count = map.next_value_seed(Of(Count))?;
                }
                Part::Organizations => {
                    state.once(part);
                    map.next_value_seed(Of(OrganizationsKey(state)))?;
                }
                _ if state.data == DataShape::Lists => {
                    map.next_value::<IgnoredAny>()?;
                }
                _ => {
                    if let Err(too_much) = names.meet(&name, state) {
                        return state.give_up(too_much);
                    }
                    map.next_value_seed(Of(NamedOrganization { state, name: &name }))?;
                }
            }
        }
        match count {
            Some(count) => state.builder.report(count),
            None => state.lacks("data.execute_count"),
        }
        Ok(())
    }
}

/// The value of the key `organizations`: the list of ITA 2.3, or an organization of that name in ITA 2.2.
struct OrganizationsKey<'a>(&'a mut State);

impl<'de> Shape<'de> for OrganizationsKey<'_> {
    type Value = ();

    fn scalar<E: Error>(self, _: Scalar<'_>) -> Result<(), E> {
        self.0.lacks("data.organizations");
        Ok(())
    }

    fn map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        NamedOrganization { state: self.0, name: "organizations" }.map(map)
    }

    /// Objects beside the list that came before it were unknown keys of the newer shape, not organizations.
    fn seq<A: SeqAccess<'de>>(self, seq: A) -> Result<(), A::Error> {
        if self.0.data == DataShape::Lists {
            return skip_seq(seq);
        }
        self.0.data = DataShape::Lists;
        self.0.builder = TableBuilder::new();
        self.0.lacking = None;
        Organizations { state: self.0 }.seq(seq)
    }
}

/// An organization of ITA 2.2, or an unknown key.
struct NamedOrganization<'a> {
    state: &'a mut State,
    name: &'a str,
}

impl<'de> Shape<'de> for NamedOrganization<'_> {
    type Value = ();

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<(), E> {
        if matches!(scalar, Scalar::Null | Scalar::Container) {
            self.state.lacks("data.<organization>");
        }
        Ok(())
    }

    fn map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        if self.state.data == DataShape::Lists {
            return skip_map(map);
        }
        self.state.data = DataShape::Maps;
        match Organization::begin(self.state, Some(self.name)) {
            Ok(organization) => OrganizationMap { state: self.state, organization }.map(map),
            Err(too_much) => self.state.give_up(too_much),
        }
    }
}

/// An `execute_count`; `None` where it is none.
pub(super) struct Count;

impl Shape<'_> for Count {
    type Value = Option<u32>;

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Option<u32>, E> {
        Ok(match scalar {
            Scalar::Whole(number) => u32::try_from(number).ok(),
            _ => None,
        })
    }
}

/// An element of the array that stands where the data belongs: its `result` and `message`.
struct InnerError;

impl<'de> Shape<'de> for InnerError {
    type Value = Option<(Option<String>, Option<String>)>;

    fn scalar<E: Error>(self, _: Scalar<'_>) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut result, mut message) = (None, None);
        while let Some(part) = map.next_key_seed(Key(|key: &str| match key {
            "message" => Part::Message,
            "result" => Part::Result,
            _ => Part::Unknown,
        }))? {
            match part {
                Part::Message => message = map.next_value_seed(Of(Short(MESSAGE)))?,
                Part::Result => result = map.next_value_seed(Of(Short(SHORT)))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok((result.is_some() || message.is_some()).then_some((result, message)))
    }
}
