//! The wire format of protocol buffers, read in place: nothing is copied, and nothing is set
//! aside for sizes that are only claimed.

use crate::roads::read::fault::Fault;

/// One field of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// An integer or truth value.
    Number(u64),
    /// A string, message or packed list.
    Bytes(&'a [u8]),
    /// Four or eight bytes that no map message uses.
    Fixed,
}

impl<'a> Value<'a> {
    /// The number, else the file is damaged.
    pub(super) fn number(self) -> Result<u64, Fault> {
        match self {
            Self::Number(n) => Ok(n),
            Self::Bytes(_) | Self::Fixed => Err(Fault::damaged("a number field is none")),
        }
    }

    /// The bytes, else the file is damaged.
    pub(super) fn bytes(self) -> Result<&'a [u8], Fault> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            Self::Number(_) | Self::Fixed => {
                Err(Fault::damaged("a field of text or lists is none"))
            }
        }
    }
}

/// The fields of a message, as `(field number, value)`.
#[derive(Clone, Debug)]
pub(super) struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    pub(super) fn new(message: &'a [u8]) -> Self {
        Self { rest: message }
    }

    fn field(&mut self) -> Result<(u64, Value<'a>), Fault> {
        let key = varint(&mut self.rest)?;
        let value = match key & 7 {
            0 => Value::Number(varint(&mut self.rest)?),
            1 => self.skip(8)?,
            2 => {
                let length = varint(&mut self.rest)?;
                Value::Bytes(self.take(length)?)
            }
            5 => self.skip(4)?,
            _ => return Err(Fault::damaged("a field of unknown kind")),
        };
        Ok((key >> 3, value))
    }

    fn skip(&mut self, length: u64) -> Result<Value<'a>, Fault> {
        self.take(length).map(|_| Value::Fixed)
    }

    fn take(&mut self, length: u64) -> Result<&'a [u8], Fault> {
        let length = usize::try_from(length).ok();
        let split = length.and_then(|n| self.rest.split_at_checked(n));
        let (taken, rest) = split.ok_or_else(|| Fault::damaged("a field beyond its message"))?;
        self.rest = rest;
        Ok(taken)
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            self.rest = &[];
        }
        Some(field)
    }
}

/// A packed list of integers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Packed<'a> {
    rest: &'a [u8],
}

impl<'a> Packed<'a> {
    pub(super) fn new(list: &'a [u8]) -> Self {
        Self { rest: list }
    }

    /// The next integer, `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<u64>, Fault> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        varint(&mut self.rest).map(Some)
    }
}

/// A packed list of signed differences, summed up as it is read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Deltas<'a> {
    list: Packed<'a>,
    sum: i64,
}

impl<'a> Deltas<'a> {
    pub(super) fn new(list: &'a [u8]) -> Self {
        Self {
            list: Packed::new(list),
            sum: 0,
        }
    }

    /// The next sum, `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<i64>, Fault> {
        let Some(delta) = self.list.next()? else {
            return Ok(None);
        };
        let sum = self.sum.checked_add(zigzag(delta));
        self.sum = sum.ok_or_else(|| Fault::damaged("a sum of differences overflows"))?;
        Ok(Some(self.sum))
    }

    /// All sums.
    pub(super) fn collect(mut self) -> Result<Vec<i64>, Fault> {
        let mut all = Vec::new();
        while let Some(sum) = self.next()? {
            all.push(sum);
        }
        Ok(all)
    }
}

/// The signed integer of a `sint64` field.
pub(super) fn zigzag(n: u64) -> i64 {
    (n >> 1) as i64 ^ -((n & 1) as i64)
}

/// Takes a base-128 integer off the front.
fn varint(rest: &mut &[u8]) -> Result<u64, Fault> {
    let mut value = 0;
    for (i, &byte) in rest.iter().take(10).enumerate() {
        value |= u64::from(byte & 0x7f) << (7 * i);
        if byte & 0x80 == 0 {
            *rest = &rest[i + 1..];
            return Ok(value);
        }
    }
    Err(Fault::damaged("an integer without an end"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_of_all_lengths_are_read() {
        let mut rest: &[u8] = &[0x96, 0x01, 0x05];
        assert_eq!(varint(&mut rest).expect("two bytes"), 150);
        assert_eq!(varint(&mut rest).expect("one byte"), 5);
        assert!(varint(&mut rest).is_err());
        let mut longest: &[u8] = &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        assert_eq!(varint(&mut longest).expect("ten bytes"), u64::MAX);
        assert!(varint(&mut &[0x80; 11][..]).is_err());
    }

    #[test]
    fn signs_alternate() {
        assert_eq!([0, 1, 2, 3].map(zigzag), [0, -1, 1, -2]);
        assert_eq!(zigzag(u64::MAX), i64::MIN);
    }

    #[test]
    fn a_field_may_not_reach_beyond_its_message() {
        let mut sound = Fields::new(&[0x0a, 0x01, b'x', 0x10, 0x07]);
        assert_eq!(
            sound.next().and_then(Result::ok),
            Some((1, Value::Bytes(b"x")))
        );
        assert_eq!(
            sound.next().and_then(Result::ok),
            Some((2, Value::Number(7)))
        );
        assert!(sound.next().is_none());
        let huge = [
            0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01,
        ];
        let mut lying = Fields::new(&huge);
        assert!(lying.next().is_some_and(|f| f.is_err()));
        assert!(lying.next().is_none(), "nothing follows a fault");
    }

    #[test]
    fn sums_that_overflow_are_refused() {
        let top = [
            0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0x02,
        ];
        let mut deltas = Deltas::new(&top);
        assert_eq!(deltas.next().expect("fits"), Some(i64::MAX));
        assert!(deltas.next().is_err());
    }
}
