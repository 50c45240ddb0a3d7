//! Days on which nobody works: the public holidays of a German state, and a company's own.

use chrono::{Datelike, NaiveDate};
use holiday_de::{DateExt as _, GermanHoliday, GermanRegion};
use serde::{Deserialize, Serialize};

/// A German state, and the places within one whose law knows a holiday more or less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// Baden-Württemberg
    BadenWuerttemberg,
    /// Bavaria with Assumption Day, as in all communities with more Catholics than Protestants.
    Bavaria,
    /// Bavaria without Assumption Day.
    BavariaProtestant,
    /// The city of Augsburg with its Peace Festival.
    Augsburg,
    /// Berlin
    Berlin,
    /// Brandenburg
    Brandenburg,
    /// Bremen
    Bremen,
    /// Hamburg
    Hamburg,
    /// Hesse
    Hesse,
    /// Mecklenburg-Vorpommern
    Mecklenburg,
    /// Lower Saxony
    LowerSaxony,
    /// North Rhine-Westphalia
    NorthRhine,
    /// Rhineland-Palatinate
    Rhineland,
    /// Saarland
    Saarland,
    /// Saxony
    Saxony,
    /// Saxony with Corpus Christi, as in its Catholic communities.
    SaxonyCatholic,
    /// Saxony-Anhalt
    SaxonyAnhalt,
    /// Schleswig-Holstein
    Schleswig,
    /// Thuringia
    Thuringia,
    /// Thuringia with Corpus Christi, as in its Catholic communities.
    ThuringiaCatholic,
}

impl Region {
    /// All of them with the code that a choice has.
    pub const ALL: [(Self, &'static str); 20] = [
        (Self::BadenWuerttemberg, "bw"),
        (Self::Bavaria, "by"),
        (Self::BavariaProtestant, "by-protestant"),
        (Self::Augsburg, "augsburg"),
        (Self::Berlin, "be"),
        (Self::Brandenburg, "bb"),
        (Self::Bremen, "hb"),
        (Self::Hamburg, "hh"),
        (Self::Hesse, "he"),
        (Self::Mecklenburg, "mv"),
        (Self::LowerSaxony, "ni"),
        (Self::NorthRhine, "nw"),
        (Self::Rhineland, "rp"),
        (Self::Saarland, "sl"),
        (Self::Saxony, "sn"),
        (Self::SaxonyCatholic, "sn-catholic"),
        (Self::SaxonyAnhalt, "st"),
        (Self::Schleswig, "sh"),
        (Self::Thuringia, "th"),
        (Self::ThuringiaCatholic, "th-catholic"),
    ];

    /// The code of a choice.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(region, _)| *region == self).map_or("", |(_, code)| code)
    }

    /// The reverse of [`Self::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(region, _)| *region)
    }

    /// Whether the law makes this day a holiday there.
    pub fn is_holiday(self, date: NaiveDate) -> bool {
        let more: &[GermanHoliday] = match self {
            Self::Augsburg => &[GermanHoliday::AugsburgerFriedensfest],
            Self::SaxonyCatholic | Self::ThuringiaCatholic => &[GermanHoliday::Fronleichnam],
            // Its law alone names the two Sundays, which matter to a desk that is open on Sundays.
            Self::Brandenburg => &[GermanHoliday::Ostersonntag, GermanHoliday::Pfingstsonntag],
            _ => &[],
        };
        if more.iter().any(|holiday| date.is_holiday(*holiday)) {
            return true;
        }
        match date.public_holiday_in(self.state()) {
            Some(GermanHoliday::MariaeHimmelfahrt) => self != Self::BavariaProtestant,
            other => other.is_some(),
        }
    }

    const fn state(self) -> GermanRegion {
        match self {
            Self::BadenWuerttemberg => GermanRegion::BadenWuerttemberg,
            Self::Bavaria | Self::BavariaProtestant | Self::Augsburg => GermanRegion::Bayern,
            Self::Berlin => GermanRegion::Berlin,
            Self::Brandenburg => GermanRegion::Brandenburg,
            Self::Bremen => GermanRegion::Bremen,
            Self::Hamburg => GermanRegion::Hamburg,
            Self::Hesse => GermanRegion::Hessen,
            Self::Mecklenburg => GermanRegion::MechlenburgVorpommern,
            Self::LowerSaxony => GermanRegion::Niedersachsen,
            Self::NorthRhine => GermanRegion::NordrheinWestfalen,
            Self::Rhineland => GermanRegion::RheinlandPfalz,
            Self::Saarland => GermanRegion::Saarland,
            Self::Saxony | Self::SaxonyCatholic => GermanRegion::Sachsen,
            Self::SaxonyAnhalt => GermanRegion::SachsenAnhalt,
            Self::Schleswig => GermanRegion::SchleswigHolstein,
            Self::Thuringia | Self::ThuringiaCatholic => GermanRegion::Thueringen,
        }
    }
}

/// Days that a company takes off, the last one included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DaysOff {
    /// Once.
    Once {
        /// The first day.
        from: NaiveDate,
        /// The last day.
        to: NaiveDate,
    },
    /// Every year; it may go over the turn of the year.
    Yearly {
        /// The first day.
        from: MonthDay,
        /// The last day.
        to: MonthDay,
    },
}

/// A day of any year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MonthDay {
    /// From 1.
    pub month: u32,
    /// From 1.
    pub day: u32,
}

impl MonthDay {
    /// A day that some year has.
    pub fn new(month: u32, day: u32) -> Option<Self> {
        const SOME_LEAP_YEAR: i32 = 2024;
        NaiveDate::from_ymd_opt(SOME_LEAP_YEAR, month, day).map(|_| Self { month, day })
    }

    /// The day of the year that a date is.
    pub fn of(date: NaiveDate) -> Self {
        Self { month: date.month(), day: date.day() }
    }
}

impl DaysOff {
    /// Whether this day is one of them.
    pub fn contains(self, date: NaiveDate) -> bool {
        match self {
            Self::Once { from, to } => (from..=to).contains(&date),
            Self::Yearly { from, to } if from <= to => (from..=to).contains(&MonthDay::of(date)),
            Self::Yearly { from, to } => MonthDay::of(date) >= from || MonthDay::of(date) <= to,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    /// The holidays of a region in a year, as `MM-DD`.
    fn year(region: Region, year: i32) -> String {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("a date");
        let days = first.iter_days().take_while(|day| day.year() == year);
        let off: Vec<_> =
            days.filter(|day| region.is_holiday(*day)).map(|day| day.format("%m-%d").to_string()).collect();
        off.join(" ")
    }

    #[test]
    fn the_holidays_of_2026_are_those_of_the_law() {
        // Good Friday 3 April, Ascension 14 May, Whit Monday 25 May, Corpus Christi 4 June, Buß- und Bettag 18 November.
        let all = "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26";
        let with = |more: &str| {
            let mut days: Vec<_> = all.split(' ').chain(more.split(' ')).collect();
            days.sort_unstable();
            days.join(" ")
        };
        let expected = [
            (Region::BadenWuerttemberg, with("01-06 06-04 11-01")),
            (Region::Bavaria, with("01-06 06-04 08-15 11-01")),
            (Region::BavariaProtestant, with("01-06 06-04 11-01")),
            (Region::Augsburg, with("01-06 06-04 08-08 08-15 11-01")),
            (Region::Berlin, with("03-08")),
            (Region::Brandenburg, with("04-05 05-24 10-31")),
            (Region::Bremen, with("10-31")),
            (Region::Hamburg, with("10-31")),
            (Region::Hesse, with("06-04")),
            (Region::Mecklenburg, with("03-08 10-31")),
            (Region::LowerSaxony, with("10-31")),
            (Region::NorthRhine, with("06-04 11-01")),
            (Region::Rhineland, with("06-04 11-01")),
            (Region::Saarland, with("06-04 08-15 11-01")),
            (Region::Saxony, with("10-31 11-18")),
            (Region::SaxonyCatholic, with("06-04 10-31 11-18")),
            (Region::SaxonyAnhalt, with("01-06 10-31")),
            (Region::Schleswig, with("10-31")),
            (Region::Thuringia, with("09-20 10-31")),
            (Region::ThuringiaCatholic, with("06-04 09-20 10-31")),
        ];
        assert_eq!(expected.len(), Region::ALL.len());
        for (region, days) in expected {
            assert_eq!(year(region, 2026), days, "{region:?}");
        }
    }

    #[test]
    fn laws_change_from_year_to_year() {
        assert!(Region::Berlin.is_holiday(day("2025-05-08")), "80 years after the end of the war, once");
        assert!(!Region::Berlin.is_holiday(day("2026-05-08")));
        assert!(
            !Region::Thuringia.is_holiday(day("2018-09-20"))
                && Region::Thuringia.is_holiday(day("2019-09-20"))
        );
        assert!(Region::Bavaria.is_holiday(day("2017-10-31")), "500 years of the Reformation, everywhere");
        assert!(
            Region::Saxony.is_holiday(day("2025-11-19")) && !Region::Saxony.is_holiday(day("2025-11-26"))
        );
        // Easter as early and as late as it comes.
        assert!(Region::Hesse.is_holiday(day("2008-03-21")) && Region::Hesse.is_holiday(day("2038-04-23")));
    }

    #[test]
    fn company_days_are_found_also_over_the_turn_of_the_year() {
        let between = |from: (u32, u32), to: (u32, u32)| {
            let day = |(month, day)| MonthDay::new(month, day).expect("a day");
            DaysOff::Yearly { from: day(from), to: day(to) }
        };
        let christmas = between((12, 24), (1, 1));
        for inside in ["2026-12-24", "2026-12-31", "2031-01-01"] {
            assert!(christmas.contains(day(inside)), "{inside}");
        }
        assert!(!christmas.contains(day("2026-12-23")) && !christmas.contains(day("2026-01-02")));
        let summer = DaysOff::Once { from: day("2026-08-03"), to: day("2026-08-14") };
        assert!(summer.contains(day("2026-08-14")) && !summer.contains(day("2027-08-14")));
        assert_eq!(MonthDay::new(2, 30), None);
        assert!(MonthDay::new(2, 29).is_some());
    }

    #[test]
    fn codes_are_read_as_they_are_written() {
        for (region, code) in Region::ALL {
            assert_eq!((region.code(), Region::from_code(code)), (code, Some(region)));
        }
    }
}
