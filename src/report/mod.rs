//! One prepared view of a finished rota that every exporter reads.
