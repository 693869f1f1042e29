package io.tombola.deploy.report;

import io.tombola.protocol.TrialId;
import java.util.List;
import java.util.Optional;

/** Where the report finds learning curves. */
@FunctionalInterface
public interface CurveSource {

  /** No curves at all: the report then says so. */
  CurveSource NONE = trial -> Optional.empty();

  /** The evaluations of a trial by iteration; empty if there are none (yet). */
  Optional<List<CurvePoint>> curve(TrialId trial);
}
