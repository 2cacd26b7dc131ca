//! What paid minutes cost, in whole cents by class (Labour Law art. 44: 150, 200 and 300 %).

use super::DayPay;
use crate::model::Wage;

/// Cents by class, each rounded once from the minutes of the class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Money {
    /// For minutes that are no overtime.
    pub normal: i64,
    /// For overtime at 150 %, 200 % and 300 %.
    pub overtime: [i64; 3],
}

impl Money {
    /// What the minutes of a person come to. Pay for days without work (leave, statutory days off) is not in it.
    #[must_use]
    pub fn of(wage: Wage, minutes: &DayPay) -> Self {
        Self {
            normal: wage.cents(minutes.normal, 100),
            overtime: [
                wage.cents(minutes.ot150, 150),
                wage.cents(minutes.ot200, 200),
                wage.cents(minutes.ot300, 300),
            ],
        }
    }
    /// Cents of all classes.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.overtime.iter().fold(self.normal, |sum, cents| sum.saturating_add(*cents))
    }
    /// The sum with another one, class by class.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let add = |i: usize| self.overtime[i].saturating_add(other.overtime[i]);
        Self { normal: self.normal.saturating_add(other.normal), overtime: [add(0), add(1), add(2)] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_rounded_once_and_the_total_is_their_sum() {
        // 25.55 yuan an hour. 1 minute each: 42.583…, 63.875, 85.166…, 127.75 cents.
        let minutes = DayPay { paid: 4, normal: 1, ot150: 1, ot200: 1, ot300: 1, comp: 0, night: 0 };
        let money = Money::of(Wage::hourly(2555), &minutes);
        assert_eq!(money, Money { normal: 43, overtime: [64, 85, 128] });
        assert_eq!((money.total(), money.plus(&money).total()), (320, 640));
    }

    #[test]
    fn a_month_of_six_on_one_off_to_the_cent() {
        // Art. 44: 168 h normal, 6.75 h at 150 %, 32 h at 200 %, 8 h at 300 %, at 18.37 yuan an hour:
        // 3,086.16; 18.37 × 6.75 × 1.5 = 185.99625; 18.37 × 64 = 1,175.68; 18.37 × 24 = 440.88 yuan.
        let minutes = DayPay {
            paid: 0,
            normal: 168 * 60,
            ot150: 405,
            ot200: 32 * 60,
            ot300: 8 * 60,
            comp: 0,
            night: 0,
        };
        let money = Money::of(Wage::hourly(1837), &minutes);
        assert_eq!(money, Money { normal: 308_616, overtime: [18_600, 117_568, 44_088] });
        assert_eq!(money.total(), 488_872);
    }
}
