// SPDX-License-Identifier: EUPL-1.2
//! What becomes of a card when the person it is about wants it gone, or when its keeper goes.

use crate::access::codes;
use crate::kernel::{Refusal, Rule};

/// The card went into another one, which holds what stood on it.
pub const CARD_IN_ANOTHER: Rule = Rule::new("card.in_another", "Art. 17 DSGVO");
/// Cards do not go from somebody to the same person.
pub const KEEPER_SAME: Rule = Rule::new("card.keeper_same", "Plausibilität");
/// Who takes over must be somebody who may keep cards.
pub const KEEPER_UNFIT: Rule = Rule::new("card.keeper_unfit", "§ 10a(2) Nr. 6 SGB VIII: gepflegtes Verzeichnis");
/// Cards are taken from nobody who is there and tends them.
pub const KEEPER_STAYS: Rule =
    Rule::new("card.keeper_stays", "Art. 5(1)(c), 25 DSGVO: Karten nur für die pflegende Person");
/// Something like it is there already; whoever has looked adds the card all the same.
pub const CARD_ALIKE: Rule = Rule::new("card.alike", "Richtigkeit, Art. 5(1)(d) DSGVO");

codes! {
    /// Why a card was erased; all that is kept beside the day.
    #[doc(alias = "Löschgrund")]
    ErasureGround {
        /// The person asked for it.
        Request = "request",
        /// The person took the consent back.
        Withdrawal = "withdrawal",
        /// The consent ended, or the card serves nobody any more.
        Purpose = "purpose",
    }
}

/// May a card be erased by itself? `joined_into`: it went into another one.
///
/// # Errors
/// [`CARD_IN_ANOTHER`].
pub fn erasable(joined_into: bool) -> Result<(), Refusal> {
    if joined_into { Err(CARD_IN_ANOTHER.broken()) } else { Ok(()) }
}
