//! Typed indices: a person can never be used where a shift is meant.

/// Declares a `u32` index type with conversions from and to `usize`.
macro_rules! index_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);
        impl $name {
            /// The index of the `i`-th element.
            #[must_use]
            pub fn new(i: usize) -> Self {
                Self(u32::try_from(i).expect("an index fits into 32 bits"))
            }
            /// Position in the vector that this index belongs to.
            #[must_use]
            pub fn ix(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index_type!(
    /// A person of [`crate::model::Case::people`], or of [`crate::model::Instance::people`].
    PersonIx
);
index_type!(
    /// A shift type of [`crate::model::Case::shifts`], or of [`crate::model::Instance::shifts`].
    ShiftIx
);
index_type!(
    /// A channel of [`crate::model::Case::channels`].
    ChannelIx
);
