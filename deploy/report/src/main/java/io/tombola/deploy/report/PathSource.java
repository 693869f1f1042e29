package io.tombola.deploy.report;

import io.tombola.protocol.TrialId;
import io.tombola.training.LinearPath;
import java.util.Optional;

/** Where the report finds what was measured on the line between a ticket and a copy of it. */
@FunctionalInterface
public interface PathSource {

  /** No paths at all. */
  PathSource NONE = copy -> Optional.empty();

  /** The path from the ticket to this copy; empty if there is none (yet). */
  Optional<LinearPath> path(TrialId copy);
}
