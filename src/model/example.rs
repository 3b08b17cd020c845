//! The world that the page opens on: the account of the primer with its root user, Administrator in Administrators, and a
//! user in no group who may create DynamoDB tables and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::ident::AccountId;
use crate::model::{Group, InlinePolicy, Permissions, User, World};

/// The primer's administrator.
pub const ADMINISTRATOR: &str = "Administrator";
/// The primer's group.
pub const ADMINISTRATORS: &str = "Administrators";
/// A user in no group.
pub const TABLE_MAKER: &str = "TableMaker";
/// ARN of the AWS managed policy AdministratorAccess.
pub const ADMINISTRATOR_ACCESS: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

const CREATE_TABLES: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "CreateTables",
      "Effect": "Allow",
      "Action": "dynamodb:CreateTable",
      "Resource": "arn:aws:dynamodb:*:123456789012:table/*"
    }
  ]
}
"#;

/// The primer's account.
pub fn primer() -> World {
    let administrators: Arc<str> = ADMINISTRATORS.into();
    let administrator = User {
        id: "AIDAEXAMPLEADMIN00001".into(),
        groups: BTreeSet::from([administrators.clone()]),
        permissions: Permissions::default(),
    };
    let table_maker = User {
        id: "AIDAEXAMPLETABLE00002".into(),
        groups: BTreeSet::new(),
        permissions: Permissions {
            attached: Vec::new(),
            inline: vec![InlinePolicy { name: "CreateTables".into(), text: CREATE_TABLES.into() }],
        },
    };
    let group = Group {
        id: "AGPAEXAMPLEADMINS0001".into(),
        permissions: Permissions { attached: vec![ADMINISTRATOR_ACCESS.into()], inline: Vec::new() },
    };
    World {
        account: AccountId::example(),
        users: BTreeMap::from([
            (ADMINISTRATOR.into(), Arc::new(administrator)),
            (TABLE_MAKER.into(), Arc::new(table_maker)),
        ]),
        groups: BTreeMap::from([(administrators, Arc::new(group))]),
    }
}
