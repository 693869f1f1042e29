package io.tombola.deploy.report.claims;

import io.tombola.protocol.Arm;
import io.tombola.protocol.record.RoundRecord;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Trials with a result. */
record Trials(List<RoundRecord> records) {

  /** Leaves out trials without a result. */
  Trials {
    records = records.stream().filter(r -> r.status() == RoundRecord.Status.OK).toList();
  }

  /** Rising. */
  List<Integer> replicates() {
    return records.stream().map(RoundRecord::replicate).distinct().sorted().toList();
  }

  /** What the trials of a replicate, round and kind read, by draw. */
  List<MeasuredValue> read(int replicate, int round, Arm.Kind kind, Measure measure) {
    return records.stream()
        .filter(r -> r.replicate() == replicate && r.round() == round && r.arm().kind() == kind)
        .flatMap(r -> measure.of(r).stream())
        .toList();
  }

  /** Pm of each round in which the kind has a result, the dense round included. */
  SortedMap<Integer, Double> rounds(Arm.Kind kind) {
    return records.stream()
        .filter(r -> r.arm().kind() == kind)
        .collect(
            Collectors.groupingBy(
                RoundRecord::round,
                TreeMap::new,
                Collectors.averagingDouble(RoundRecord::remainingPercent)));
  }
}
