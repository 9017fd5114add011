//! Accumulators as bytes and back, to the bit.

/// What can be kept in a file and taken up again.
///
/// Restoring happens in place, into an accumulator made for the same purpose: lengths must be those it has, so that no
/// file can bring it out of shape.
pub trait Stored {
    /// Appends its bytes.
    fn store(&self, to: &mut Vec<u8>);
    /// Takes them up again, from the front of `from`; `None` when they are not its own.
    fn restore(&mut self, from: &mut &[u8]) -> Option<()>;
}

macro_rules! number {
    ($($number:ty),*) => { $(
        impl Stored for $number {
            fn store(&self, to: &mut Vec<u8>) {
                to.extend_from_slice(&self.to_le_bytes());
            }

            fn restore(&mut self, from: &mut &[u8]) -> Option<()> {
                let (bytes, rest) = from.split_first_chunk()?;
                (*self, *from) = (Self::from_le_bytes(*bytes), rest);
                Some(())
            }
        }
    )* };
}

number!(u32, u64, f64);

impl<T: Stored> Stored for [T] {
    fn store(&self, to: &mut Vec<u8>) {
        (self.len() as u64).store(to);
        self.iter().for_each(|item| item.store(to));
    }

    fn restore(&mut self, from: &mut &[u8]) -> Option<()> {
        let mut length = 0_u64;
        length.restore(from)?;
        (length == self.len() as u64).then_some(())?;
        self.iter_mut().try_for_each(|item| item.restore(from))
    }
}

impl<T: Stored, const N: usize> Stored for [T; N] {
    fn store(&self, to: &mut Vec<u8>) {
        self.as_slice().store(to);
    }

    fn restore(&mut self, from: &mut &[u8]) -> Option<()> {
        self.as_mut_slice().restore(from)
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn store(&self, to: &mut Vec<u8>) {
        self.as_slice().store(to);
    }

    fn restore(&mut self, from: &mut &[u8]) -> Option<()> {
        self.as_mut_slice().restore(from)
    }
}

/// Both have it, or neither.
impl<T: Stored> Stored for Option<T> {
    fn store(&self, to: &mut Vec<u8>) {
        u32::from(self.is_some()).store(to);
        self.iter().for_each(|item| item.store(to));
    }

    fn restore(&mut self, from: &mut &[u8]) -> Option<()> {
        let mut is_some = 0_u32;
        is_some.restore(from)?;
        (is_some == u32::from(self.is_some())).then_some(())?;
        self.iter_mut().try_for_each(|item| item.restore(from))
    }
}

/// A list whose length is part of what it holds, and at most `most`.
pub fn restore_list<T: Stored + Default>(from: &mut &[u8], most: usize) -> Option<Vec<T>> {
    let mut length = 0_u64;
    length.restore(from)?;
    // No item takes less than a byte.
    (length <= most.min(from.len()) as u64).then_some(())?;
    let item = |_| {
        let mut item = T::default();
        item.restore(from).map(|()| item)
    };
    (0..length).map(item).collect()
}

/// Keeps a struct by its fields, one after the other.
#[macro_export]
#[doc(hidden)]
macro_rules! stored_by_fields {
    ($type:ty { $($field:ident),* $(,)? }) => {
        impl $crate::stats::Stored for $type {
            fn store(&self, to: &mut Vec<u8>) {
                $($crate::stats::Stored::store(&self.$field, to);)*
            }

            fn restore(&mut self, from: &mut &[u8]) -> Option<()> {
                $($crate::stats::Stored::restore(&mut self.$field, from)?;)*
                Some(())
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_lists_come_back_to_the_bit() {
        let stored = (vec![0.1 + 0.2, -0.0, f64::MIN_POSITIVE], Some(u64::MAX), [7_u32; 3]);
        let mut bytes = Vec::new();
        stored.0.store(&mut bytes);
        stored.1.store(&mut bytes);
        stored.2.store(&mut bytes);
        let mut from = &bytes[..];
        let (mut list, mut some, mut array) = (vec![0.0; 3], Some(0_u64), [0_u32; 3]);
        list.restore(&mut from).unwrap();
        some.restore(&mut from).unwrap();
        array.restore(&mut from).unwrap();
        assert_eq!((list.map_bits(), some, array), (stored.0.map_bits(), stored.1, stored.2));
        assert!(from.is_empty());
    }

    trait Bits {
        fn map_bits(&self) -> Vec<u64>;
    }

    impl Bits for Vec<f64> {
        fn map_bits(&self) -> Vec<u64> {
            self.iter().map(|x| x.to_bits()).collect()
        }
    }

    #[test]
    fn another_shape_is_refused() {
        let mut bytes = Vec::new();
        vec![1_u64, 2, 3].store(&mut bytes);
        assert_eq!(vec![0_u64; 2].restore(&mut &bytes[..]), None);
        assert_eq!(vec![0_u64; 3].restore(&mut &bytes[..bytes.len() - 1]), None);
        assert_eq!(restore_list::<u64>(&mut &bytes[..], 2), None);
        assert_eq!(restore_list::<u64>(&mut &bytes[..], 9), Some(vec![1, 2, 3]));
        // A length that no memory could hold.
        assert_eq!(restore_list::<u64>(&mut &[255_u8; 64][..], usize::MAX), None);
    }
}
