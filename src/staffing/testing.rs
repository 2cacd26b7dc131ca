//! Channels for tests.

use crate::model::{Channel, Origin};
use crate::rules::ChannelKind;

/// 80 % within 20 seconds, no shrinkage, no occupancy limit.
pub(super) fn channel(name: &str, kind: ChannelKind) -> Channel {
    Channel {
        name: name.into(),
        kind,
        target_share: 0.8,
        target_s: 20.0,
        patience_s: None,
        concurrency: 1.0,
        deadline_h: 24.0,
        max_occupancy: 1.0,
        shrinkage: 0.0,
        min_agents: 0,
        origin: Origin::default_value(),
    }
}
