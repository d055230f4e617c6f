// SPDX-License-Identifier: EUPL-1.2
use super::*;
use crate::kernel::Refusal;

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

fn new(name: &str, sector: Sector, horizon: Horizon) -> Box<NewContact> {
    Box::new(NewContact {
        name: line(name),
        role: None,
        symbol: Symbol::Female,
        age: None,
        note: None,
        deceased: false,
        tie: TieKind::Present,
        conflict: false,
        support: [SupportWay::Neither; 5],
        sector,
        horizon,
    })
}

fn blank() -> NetworkMap {
    NetworkMap::blank(Ego { name: line("Leyla"), age: None, symbol: Symbol::Female })
}

fn done(map: NetworkMap, edits: impl IntoIterator<Item = NetworkEdit>) -> NetworkMap {
    edits.into_iter().try_fold(map, |map, edit| edit.apply(map)).unwrap()
}

fn of(contacts: &[(&str, Sector, Horizon)]) -> NetworkMap {
    done(blank(), contacts.iter().map(|(name, sector, ring)| NetworkEdit::Put(None, new(name, *sector, *ring))))
}

#[test]
fn spots_lie_in_the_sectors_and_rings_of_easynwk() {
    let check = |angle: i32, distance: i32, sector, ring, near: i32| {
        let spot = Spot { angle, distance };
        assert_eq!((spot.sector(), spot.horizon(), spot.nearness()), (sector, ring, near), "{spot:?}");
    };
    check(0, 1, Sector::Family, Horizon::Near, 9);
    check(8_999, 3_332, Sector::Family, Horizon::Near, 7);
    check(9_000, 3_333, Sector::Friends, Horizon::Middle, 7);
    check(18_000, 6_666, Sector::Friends, Horizon::Middle, 4);
    check(-18_000, 6_667, Sector::Colleagues, Horizon::Far, 3);
    check(-9_000, 10_000, Sector::Professionals, Horizon::Far, 0);
    check(-1, 10_001, Sector::Professionals, Horizon::Beyond, 0);
    check(-13_110, 4_231, Sector::Colleagues, Horizon::Middle, 6);
}

#[test]
fn whoever_is_put_into_a_sector_and_ring_stands_there_and_apart() {
    for sector in Sector::ALL {
        for ring in Horizon::ALL {
            let map = of(&[("A", *sector, *ring), ("B", *sector, *ring), ("C", *sector, *ring)]);
            assert!(map.contacts.iter().all(|one| one.spot.sector() == *sector && one.spot.horizon() == *ring));
            let angles: std::collections::BTreeSet<i32> = map.contacts.iter().map(|one| one.spot.angle).collect();
            assert_eq!(angles.len(), 3, "{sector:?} {ring:?}");
        }
    }
}

#[test]
fn the_measures_are_those_of_the_definition() {
    let (family, friends) = (Sector::Family, Sector::Friends);
    let map = of(&[
        ("Mama", family, Horizon::Near),
        ("Oma", family, Horizon::Near),
        ("Can", friends, Horizon::Middle),
        ("Trainer", Sector::Colleagues, Horizon::Far),
        ("Fern", friends, Horizon::Beyond),
    ]);
    let map = done(map, [NetworkEdit::Link(1, 2), NetworkEdit::Link(3, 1)]);
    let found = measure(&map);
    assert_eq!((found.size, found.connectable, found.links), (4, 4, 2));
    // 2 of 6 possible.
    assert_eq!((found.density, found.degree, found.most), (Some(333), Some(10), 2));
    assert_eq!((found.stars.as_slice(), found.isolated.as_slice()), (&[1][..], &[4][..]));
    // 8, 8, 5, 2.
    assert_eq!(found.nearness, Some(58));
    assert_eq!(found.sectors.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [2, 1, 1, 0]);
    assert_eq!(found.horizons.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [2, 1, 1]);
    // A dormant tie leaves the size and stays in what the density counts among.
    let mut dormant = new("Trainer", Sector::Colleagues, Horizon::Far);
    dormant.tie = TieKind::Dormant;
    let found = measure(&done(map, [NetworkEdit::Put(Some(4), dormant)]));
    assert_eq!((found.size, found.connectable, found.density), (3, 4, Some(333)));
    assert_eq!((found.isolated.len(), found.dormant.as_slice()), (0, &[4][..]));
}

#[test]
fn nothing_is_measured_where_there_is_nothing() {
    let found = measure(&blank());
    assert_eq!((found.size, found.density, found.degree, found.nearness), (0, None, None, None));
    assert!(found.stars.is_empty() && found.isolated.is_empty());
    let alone = measure(&of(&[("Oma", Sector::Family, Horizon::Near)]));
    assert_eq!((alone.size, alone.density, alone.degree), (1, None, Some(0)));
    assert_eq!(alone.isolated, [1]);
}

#[test]
fn animals_the_dead_and_those_outside_count_in_nothing() {
    let mut dog = new("Bello", Sector::Family, Horizon::Near);
    dog.symbol = Symbol::NotHuman;
    let mut dead = new("Opa", Sector::Family, Horizon::Near);
    dead.deceased = true;
    let map = done(of(&[("Oma", Sector::Family, Horizon::Near)]), [NetworkEdit::Put(None, dog)]);
    let map = done(map, [NetworkEdit::Put(None, dead)]);
    assert_eq!((measure(&map).size, measure(&map).connectable), (1, 1));
    for other in [2, 3] {
        let refused = NetworkEdit::Link(1, other).apply(map.clone());
        assert_eq!(refused, Err(LINK_IMPOSSIBLE.broken_at("to")));
    }
}

#[test]
fn links_are_between_two_who_are_there() {
    let map = of(&[("A", Sector::Family, Horizon::Near), ("B", Sector::Family, Horizon::Far)]);
    let check = |a, b, expected: Refusal| assert_eq!(NetworkEdit::Link(a, b).apply(map.clone()), Err(expected));
    check(1, 1, LINK_TO_SELF.broken_at("to"));
    check(1, 7, CONTACT_GONE.broken_at("to"));
    let linked = done(map, [NetworkEdit::Link(2, 1), NetworkEdit::Link(1, 2)]);
    assert_eq!(linked.links.len(), 1);
    let bare = done(linked.clone(), [NetworkEdit::Unlink(2, 1)]);
    assert!(bare.links.is_empty());
    // Whoever goes takes the links along; whoever dies keeps the place and loses the links.
    assert!(done(linked.clone(), [NetworkEdit::Remove(1)]).links.is_empty());
    let mut dead = new("B", Sector::Family, Horizon::Far);
    dead.deceased = true;
    let after = done(linked.clone(), [NetworkEdit::Put(Some(2), dead)]);
    assert!(after.links.is_empty() && after.contacts[1].spot == linked.contacts[1].spot);
    assert_eq!(NetworkEdit::Remove(9).apply(linked), Err(CONTACT_GONE.broken()));
}

#[test]
fn a_map_is_full_at_a_hundred_and_fifty() {
    let many = (0..150).map(|_| NetworkEdit::Put(None, new("X", Sector::Friends, Horizon::Far)));
    let map = done(blank(), many);
    let one_more = NetworkEdit::Put(None, new("X", Sector::Friends, Horizon::Far)).apply(map);
    assert_eq!(one_more, Err(NETWORK_FULL.broken()));
}

#[test]
fn two_versions_say_what_moved() {
    let old = of(&[("Oma", Sector::Family, Horizon::Near), ("Can", Sector::Friends, Horizon::Far)]);
    let mut can = new("Can", Sector::Friends, Horizon::Near);
    can.tie = TieKind::Manifold;
    can.conflict = true;
    can.support[0] = SupportWay::Mutual;
    let edits = [
        NetworkEdit::Put(Some(2), can),
        NetworkEdit::Put(None, new("Lehrerin", Sector::Professionals, Horizon::Far)),
        NetworkEdit::Remove(1),
    ];
    let new = done(old.clone(), edits);
    use ContactChange as C;
    let found = contact_changes(&old, &new);
    let said: Vec<_> = found.iter().map(|one| (one.name.as_str(), one.changes.as_slice())).collect();
    assert_eq!(
        said,
        [
            ("Can", &[C::Nearer, C::TieGrew, C::ConflictBegan, C::OtherSupport][..]),
            ("Lehrerin", &[C::Arrived][..]),
            ("Oma", &[C::Left][..]),
        ]
    );
    assert!(contact_changes(&old, &old).is_empty());
}
