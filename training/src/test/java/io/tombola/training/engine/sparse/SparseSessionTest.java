package io.tombola.training.engine.sparse;

import io.tombola.protocol.EngineName;
import io.tombola.training.data.ImageShape;
import io.tombola.training.engine.TrainingSessionContract;
import io.tombola.training.network.Networks;

class SparseSessionTest extends TrainingSessionContract {

  SparseSessionTest() {
    super(
        EngineName.SPARSE,
        Networks.of(
            "dropout 0.1, dropout 0.1, conv 4, dropout 0.1, conv 3 5, max-pool 4, dense 30,"
                + " dropout 0.2, dropout 0.3, dense 16, dense 10",
            new ImageShape(28, 28, 1),
            10));
  }
}
