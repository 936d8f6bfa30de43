//! Objects of the contract: a struct, the names of its fields, and a reader that is strict where it matters.
//!
//! The reader takes `null` and a missing field for the same, ignores fields that it does not know (they must still
//! be JSON without duplicate keys), refuses a field that stands twice, and names the field whose type is wrong.

use serde::de::{DeserializeOwned, Error, MapAccess};

/// Declares such an object. Every field's type has a default, which means "left out", and is not written.
macro_rules! object {
    (
        $(#[$doc:meta])*
        pub struct $Name:ident {
            $( $(#[$field_doc:meta])* pub $field:ident: $type:ty, )+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
        pub struct $Name {
            $(
                $(#[$field_doc])*
                #[serde(skip_serializing_if = "crate::contract::fields::is_left_out")]
                pub $field: $type,
            )+
        }

        impl $Name {
            /// The names of the fields, in the order of the contract.
            pub const FIELDS: &'static [&'static str] = &[$(stringify!($field)),+];
        }

        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Reader;

                impl<'de> serde::de::Visitor<'de> for Reader {
                    type Value = $Name;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        formatter.write_str("an object")
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$Name, A::Error> {
                        let mut object = $Name::default();
                        let mut seen = crate::contract::SeenKeys::default();
                        while let Some(key) = map.next_key::<String>()? {
                            seen.insert(&key).map_err(serde::de::Error::custom)?;
                            match key.as_str() {
                                $(
                                    stringify!($field) => {
                                        object.$field = crate::contract::fields::field(&mut map, &key)?;
                                    }
                                )+
                                _ => {
                                    map.next_value::<crate::contract::Json>()?;
                                }
                            }
                        }
                        Ok(object)
                    }
                }

                deserializer.deserialize_map(Reader)
            }
        }
    };
}

pub(super) use object;

/// Whether a field says nothing.
pub(super) fn is_left_out<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Reads the value of the field called `name`; an error of its type names it.
pub(super) fn field<'de, T: Default + DeserializeOwned, A: MapAccess<'de>>(
    map: &mut A,
    name: &str,
) -> Result<T, A::Error> {
    map.next_value::<Option<T>>()
        .map(Option::unwrap_or_default)
        .map_err(|error| A::Error::custom(format_args!("`{name}`: {error}")))
}
