//! Thousands or millions of people: an IAM user for each of them against one role, in numbers (POL-158, FED-3, FED-29).

use crate::model::limits::{MEMBER_ACCOUNTS, USERS};

/// Numbers of people that are offered.
pub const PEOPLE: [u64; 7] = [10, 500, 5_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/// What so many people take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// People who sign in.
    pub people: u64,
}

/// One line of the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What is counted.
    pub what: &'static str,
    /// With an IAM user for each.
    pub users: String,
    /// With one role for all.
    pub role: String,
}

impl Scale {
    /// Accounts that so many IAM users fill: 5,000 each, a quota that AWS does not raise (POL-158).
    pub fn accounts(self) -> u64 {
        self.people.div_ceil(USERS as u64).max(1)
    }

    /// Whether an organization has room for them without asking for more.
    pub fn fits_an_organization(self) -> bool {
        self.accounts() <= MEMBER_ACCOUNTS as u64
    }

    /// The comparison.
    pub fn lines(self) -> Vec<Line> {
        let (people, accounts) = (counted(self.people), counted(self.accounts()));
        let line = |what, users: String, role: &str| Line { what, users, role: role.to_owned() };
        vec![
            line("Identities in IAM", format!("{people} users"), "1 role"),
            line("Accounts, at 5,000 users each", accounts.clone(), "1"),
            line("Long-term access keys to hand out, rotate and lose", people.clone(), "0"),
            line("Copies of the policy, with a variable for the person", accounts, "1"),
            line("A person more", "a user and a key more".to_owned(), "nothing in AWS"),
            line(
                "A person less",
                "find and delete the user and its keys".to_owned(),
                "the provider stops; the session ends by itself",
            ),
            line(
                "Credentials are good for",
                "as long as nobody deletes them".to_owned(),
                "15 minutes to 12 hours, 1 hour where nothing is asked",
            ),
            line(
                "What tells people apart",
                "the user name, and tags of the user".to_owned(),
                "the provider's id of the person, the session name, up to 50 session tags",
            ),
        ]
    }

    /// The point, in a sentence.
    pub fn sentence(self) -> String {
        let people = counted(self.people);
        match (self.accounts(), self.fits_an_organization()) {
            (1, _) => format!(
                "{people} people fit into one account as users, with as many keys to look after. One role needs none."
            ),
            (accounts, true) => format!(
                "{people} people fill {} accounts as users. One role in one account takes them all.",
                counted(accounts)
            ),
            (accounts, false) => format!(
                "{people} people fill {} accounts as users, and an organization begins with room for {MEMBER_ACCOUNTS}. One role in one account takes them all.",
                counted(accounts)
            ),
        }
    }
}

/// `1,000,000`.
pub fn counted(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_fill_an_account_at_five_thousand() {
        let accounts = |people| Scale { people }.accounts();
        assert_eq!([accounts(5_000), accounts(5_001), accounts(1_000_000)], [1, 2, 200]);
        assert!(Scale { people: 50_000 }.fits_an_organization());
        assert!(!Scale { people: 50_001 }.fits_an_organization());
    }

    #[test]
    fn a_role_stays_one_however_many_people_there_are() {
        for people in PEOPLE {
            let lines = Scale { people }.lines();
            assert_eq!((&*lines[0].role, &*lines[2].role), ("1 role", "0"));
        }
        assert_eq!(counted(1_234_567), "1,234,567");
        assert_eq!(
            Scale { people: 1_000_000 }.sentence(),
            "1,000,000 people fill 200 accounts as users, and an organization begins with room for 10. One role in one account takes them all."
        );
    }
}
