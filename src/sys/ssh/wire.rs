//! The wire form of SSH (RFC 4251, 5): strings with their lengths before them, and nothing behind the last one.

/// What is left to be read. Each read is none where there is less than it says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    pub(super) fn number(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    pub(super) fn string(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        self.take(length)
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.string()?).ok()
    }

    /// A number that is not negative, in its one form: no zeros before it but the one that keeps it positive.
    pub(super) fn positive(&mut self) -> Option<&'a [u8]> {
        let bytes = self.string()?;
        match bytes {
            [] => None,
            [0, rest @ ..] => rest.first().filter(|first| **first >= 0x80).map(|_| rest),
            [first, ..] => (*first < 0x80).then_some(bytes),
        }
    }

    /// That everything was read.
    pub(super) fn end(self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

/// Adds a string with its length before it.
pub(super) fn put_string(out: &mut Vec<u8>, bytes: &[u8]) {
    // What is put is of Cavra's own making, or was read with such a length.
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_beyond_the_end_is_none() {
        assert_eq!(Reader::new(&[0, 0, 0, 2, 1]).string(), None);
        assert_eq!(Reader::new(&[0xff, 0xff, 0xff, 0xff]).string(), None);
        assert_eq!(Reader::new(&[0, 0]).number(), None);
        assert_eq!(Reader::new(&[]).byte(), None);
    }

    #[test]
    fn a_number_has_one_form() {
        let number = |bytes: &[u8]| {
            let mut wire = Vec::new();
            put_string(&mut wire, bytes);
            Reader::new(&wire).positive().map(<[u8]>::to_vec)
        };
        assert_eq!(number(&[1, 2]), Some(vec![1, 2]));
        assert_eq!(number(&[0, 0x80]), Some(vec![0x80]));
        assert_eq!(number(&[0, 1]), None);
        assert_eq!(number(&[0x80]), None);
        assert_eq!(number(&[]), None);
        assert_eq!(number(&[0]), None);
    }
}
