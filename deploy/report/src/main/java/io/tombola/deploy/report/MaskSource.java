package io.tombola.deploy.report;

import io.tombola.protocol.ArtifactRef;
import io.tombola.training.mask.Mask;
import java.util.Optional;

/** Where the report finds masks. */
@FunctionalInterface
public interface MaskSource {

  /** No masks at all: the report then leaves out how they overlap. */
  MaskSource NONE = mask -> Optional.empty();

  /** The mask of that name; empty if there is none. */
  Optional<Mask> mask(ArtifactRef mask);
}
