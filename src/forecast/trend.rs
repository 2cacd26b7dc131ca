//! The trend behind the seasons: a straight line through the last weeks, damped.

use augurs_core::Forecast;
use augurs_mstl::{FittedTrendModel, TrendModel};
use std::borrow::Cow;
use std::error::Error;

/// Days that the line is drawn through.
const WINDOW: usize = 56;
/// What remains of the slope from one day to the next.
const DAMPING: f64 = 0.97;

/// The model.
#[derive(Debug)]
pub(super) struct DampedLine;

/// The line at its end.
#[derive(Debug)]
struct Fitted {
    level: f64,
    slope: f64,
    days: usize,
}

type Fault = Box<dyn Error + Send + Sync + 'static>;

impl TrendModel for DampedLine {
    fn name(&self) -> Cow<'_, str> {
        Cow::Borrowed("damped line")
    }
    fn fit(&self, y: &[f64]) -> Result<Box<dyn FittedTrendModel + Sync + Send>, Fault> {
        let recent = &y[y.len().saturating_sub(WINDOW)..];
        let n = recent.len() as f64;
        let (mid, mean) = ((n - 1.0) / 2.0, recent.iter().sum::<f64>() / n);
        let (mut xy, mut xx) = (0.0, 0.0);
        for (i, v) in recent.iter().enumerate() {
            xy += (i as f64 - mid) * (v - mean);
            xx += (i as f64 - mid).powi(2);
        }
        let slope = if xx > 0.0 { xy / xx } else { 0.0 };
        // The level is that of the last fortnight: a line through eight weeks lags behind a step.
        let last = &recent[recent.len().saturating_sub(14)..];
        let centre = (last.len() as f64 - 1.0) / 2.0;
        let level = last.iter().sum::<f64>() / last.len() as f64 + slope * centre;
        Ok(Box::new(Fitted { level, slope, days: y.len() }))
    }
}

impl FittedTrendModel for Fitted {
    fn predict_inplace(&self, horizon: usize, _: Option<f64>, forecast: &mut Forecast) -> Result<(), Fault> {
        let (mut level, mut step) = (self.level, self.slope);
        forecast.point = (0..horizon)
            .map(|_| {
                step *= DAMPING;
                level += step;
                level
            })
            .collect();
        Ok(())
    }
    fn predict_in_sample_inplace(&self, _: Option<f64>, forecast: &mut Forecast) -> Result<(), Fault> {
        forecast.point = vec![self.level; self.days];
        Ok(())
    }
    fn training_data_size(&self) -> Option<usize> {
        Some(self.days)
    }
}
