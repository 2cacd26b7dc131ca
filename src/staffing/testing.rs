//! Channels for tests.

use crate::model::{Channel, Origin};
use crate::rules::ChannelKind;

/// 80 % within 20 seconds, no shrinkage, no occupancy limit.
pub(super) fn channel(name: &str, kind: ChannelKind) -> Channel {
    Channel::new(name, kind, Origin::default_value())
}
