// SPDX-License-Identifier: EUPL-1.2
//! What municipal finance gets: which columns, and that nothing is delivered twice.

use crate::access::codes;
use crate::kernel::{Refusal, Rule};

/// Everything booked was delivered before.
pub const NOTHING_TO_DELIVER: Rule = Rule::new("delivery.nothing", "Kassenrecht: keine Buchung zweimal");
/// A delivery without columns, or with one twice.
pub const COLUMNS_UNFIT: Rule = Rule::new("delivery.columns_unfit", "Schnittstelle zum Finanzverfahren");

codes! {
    /// A column of a delivery.
    #[doc(alias = "Spalte der Übergabe")]
    DeliveryColumn {
        /// Product, 36x.
        Product = "product",
        /// What it is for, in words.
        AccountText = "account-text",
        /// How much.
        Amount = "amount",
        /// Booked for.
        Day = "day",
        /// Running number in the book.
        Number = "number",
        /// Number of the delivery.
        Delivery = "delivery",
    }
}

impl DeliveryColumn {
    /// Reads columns apart by commas, in their order.
    ///
    /// # Errors
    /// [`COLUMNS_UNFIT`].
    pub fn list(text: &str) -> Result<Vec<Self>, Refusal> {
        let unfit = || COLUMNS_UNFIT.broken_at("columns");
        let columns: Vec<Self> =
            text.split(',').map(|code| Self::from_code(code.trim()).ok_or_else(unfit)).collect::<Result<_, _>>()?;
        let twice = (1..columns.len()).any(|at| columns[..at].contains(&columns[at]));
        if twice { Err(unfit()) } else { Ok(columns) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_keep_their_order_and_come_once() {
        use DeliveryColumn as C;
        assert_eq!(DeliveryColumn::list("amount, product").unwrap(), [C::Amount, C::Product]);
        for wrong in ["", "amount,amount", "amount,x", ","] {
            assert_eq!(DeliveryColumn::list(wrong).unwrap_err().rule, COLUMNS_UNFIT, "{wrong}");
        }
    }
}
