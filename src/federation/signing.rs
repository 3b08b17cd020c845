//! The signature of an exchange, worked out.

use super::outcome::Exchange;
use super::sigv4::{Signer, Unsigned, Worked, sign};

impl Exchange {
    /// Signature Version 4 of the request; `None` for one that is not signed so.
    pub fn worked(&self) -> Option<Worked> {
        let signed = self.signed.as_ref()?;
        let mut words = self.request.start.split(' ');
        let (method, address) = (words.next()?, words.next()?);
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let headers = self.request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let is_host = |(name, _): &(&str, &str)| name.eq_ignore_ascii_case("host");
        let request = Unsigned {
            method,
            host: headers.clone().find(is_host).map_or("", |(_, value)| value),
            path,
            query: pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect(),
            headers: headers.filter(|header| !is_host(header)).collect(),
            body: &self.request.body,
        };
        let signer = Signer {
            access_key_id: &signed.id,
            secret_access_key: &signed.secret,
            session_token: signed.token.as_deref(),
            region: &signed.region,
            service: &signed.service,
            time: signed.time,
        };
        Some(sign(&request, &signer))
    }
}
