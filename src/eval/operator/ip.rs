//! Addresses and ranges (POL-102).

use std::net::IpAddr;

use ipnet::IpNet;

/// Reads a range; an address alone is a range of one.
pub fn parse_range(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| parse_address(text).map(IpNet::from))
}

/// Reads one address.
pub fn parse_address(text: &str) -> Option<IpAddr> {
    text.parse().ok()
}
