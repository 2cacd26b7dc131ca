//! What an hour of a person costs, kept exact.

/// Minutes of the hours that a month's wage is divided by: 21.75 pay days of 8 hours (人社部发〔2025〕2号).
const MONTH_MINUTES: i64 = 21 * 480 + 360;

/// A wage as a fraction: so many cents for so many minutes of normal time. A month's wage is never rounded to an hour's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wage {
    cents: i64,
    minutes: i64,
}

impl Wage {
    /// So many cents an hour.
    #[must_use]
    pub fn hourly(cents: i64) -> Self {
        Self { cents, minutes: 60 }
    }
    /// So many cents a month, for 21.75 days of 8 hours.
    #[must_use]
    pub fn monthly(cents: i64) -> Self {
        Self { cents, minutes: MONTH_MINUTES }
    }
    /// Cents for so many minutes at `percent` of the wage, rounded once, half a cent up. What no whole number of 64
    /// bits can hold is as much as one can.
    #[must_use]
    pub fn cents(self, minutes: i64, percent: i64) -> i64 {
        let amount = i128::from(minutes) * i128::from(self.cents);
        let unit = i128::from(self.minutes) * 100;
        let doubled = amount.saturating_mul(2 * i128::from(percent)).saturating_add(unit);
        let rounded = doubled.div_euclid(2 * unit);
        i64::try_from(rounded).unwrap_or(if rounded < 0 { i64::MIN } else { i64::MAX })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_cent_is_rounded_up_and_less_is_not() {
        // 1 minute of 0.30 yuan an hour is 0.5 cent, of 0.29 yuan 0.483 cent.
        assert_eq!((Wage::hourly(30).cents(1, 100), Wage::hourly(29).cents(1, 100)), (1, 0));
        // 1 minute of 25.50 yuan: 42.5 cents; at 150 %: 63.75; at 200 %: 85; at 300 %: 127.5.
        let wage = Wage::hourly(2550);
        assert_eq!([100, 150, 200, 300].map(|percent| wage.cents(1, percent)), [43, 64, 85, 128]);
        assert_eq!(wage.cents(0, 300), 0);
    }

    #[test]
    fn rounding_once_is_not_rounding_every_day() {
        // 60 days of 1 minute at 25.50 yuan: 60 × 42.5 = 2550 cents, not 60 × 43.
        assert_eq!(Wage::hourly(2550).cents(60, 100), 2550);
    }

    #[test]
    fn a_month_is_174_hours_and_is_not_rounded_to_an_hourly_wage() {
        // 6,000 yuan ÷ 174 h = 34.482758… yuan an hour. 174 h give all of it back; 34.48 yuan an hour would give 5,999.52.
        let wage = Wage::monthly(600_000);
        assert_eq!(wage.cents(174 * 60, 100), 600_000);
        // One hour: 3448.2758… cents; at 150 %: 5172.41…; at 200 %: 6896.55…; at 300 %: 10344.82….
        assert_eq!([100, 150, 200, 300].map(|percent| wage.cents(60, percent)), [3448, 5172, 6897, 10345]);
    }

    #[test]
    fn huge_amounts_neither_wrap_nor_fail() {
        // 527,040 minutes of a leap year at 1,000,000,000.00 yuan an hour and 300 %: 8784 × 3 × 10¹¹ cents.
        assert_eq!(Wage::hourly(100_000_000_000).cents(527_040, 300), 8784 * 3 * 100_000_000_000);
        assert_eq!(Wage::hourly(i64::MAX).cents(i64::MAX, 300), i64::MAX);
    }
}
