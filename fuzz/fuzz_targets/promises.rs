//! What readers promise, whatever they are fed.

use roundsman::error::Kind;
use roundsman::error::Result;
use roundsman::roads::NEW_IDS;
use roundsman::roads::RoadData;

/// Checks what came of reading: roads in good order, or errors about the input.
pub(crate) fn check(read: Result<RoadData>) {
    match read {
        Ok(data) => check_data(&data),
        Err(errors) => {
            assert!(!errors.0.is_empty());
            assert!(
                errors.0.iter().all(|error| error.kind == Kind::Input),
                "{errors}"
            );
            assert!(
                errors.0.iter().all(|error| error.hint.is_some()),
                "{errors}"
            );
            assert!(errors.to_string().len() < 1 << 20);
        }
    }
}

fn check_data(data: &RoadData) {
    assert!(data.nodes.windows(2).all(|two| two[0].id < two[1].id));
    assert!(data.ways.is_sorted_by_key(|way| way.id));
    assert!(!data.ways.is_empty());
    let limit = if data.planar { 1e8 } else { 180.0 };
    for node in &data.nodes {
        assert!(node.id >= 0 && node.id < 2 * NEW_IDS);
        assert!(node.at.x.abs() <= limit && node.at.y.abs() <= limit);
    }
    let mut used = vec![false; data.nodes.len()];
    for way in &data.ways {
        assert!(way.id >= 0 && way.nodes.len() >= 2 && way.tag("highway").is_some());
        assert!(way.nodes.windows(2).all(|two| two[0] != two[1]));
        way.nodes
            .iter()
            .for_each(|&node| used[node as usize] = true);
    }
    assert!(used.into_iter().all(|used| used), "nodes that no way uses");
    assert!(data.restrictions.is_sorted_by_key(|r| r.id));
}
