package io.tombola.actors;

import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.training.data.BadDataException;
import io.tombola.training.data.DataSplits;
import io.tombola.training.data.Dataset;
import io.tombola.training.seed.Seeds;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The data sets that the trainers of this process share, each loaded once. Thread-safe. */
public final class DatasetCache {

  private record SplitKey(DatasetSpec dataset, long seed, int replicate) {}

  private final Function<DatasetSpec, Dataset> loader;
  private final Map<DatasetSpec, Dataset> datasets = new ConcurrentHashMap<>();
  private final Map<SplitKey, DataSplits> splits = new ConcurrentHashMap<>();

  /**
   * An empty cache.
   *
   * @param loader loads a data set that is not cached yet; throws {@link BadDataException}
   */
  public DatasetCache(Function<DatasetSpec, Dataset> loader) {
    this.loader = loader;
  }

  /**
   * The data set of a campaign.
   *
   * @throws BadDataException if it cannot be read or is smaller than one batch
   */
  public Dataset dataset(CampaignSpec campaign) {
    Dataset dataset = datasets.computeIfAbsent(campaign.dataset(), loader);
    int examples = DataSplits.trainExamples(dataset, campaign.dataset());
    if (examples < campaign.training().batchSize()) {
      throw new BadDataException(
          "training.batch-size: expected at most the %d examples to train on, found %d; correct it"
              .formatted(examples, campaign.training().batchSize()));
    }
    return dataset;
  }

  /**
   * Training, validation and test examples of one replicate.
   *
   * @throws BadDataException if the data cannot be read
   */
  public DataSplits splits(CampaignSpec campaign, int replicate) {
    return splits.computeIfAbsent(
        new SplitKey(campaign.dataset(), campaign.seed(), replicate),
        key ->
            DataSplits.of(
                dataset(campaign), campaign.dataset(), new Seeds(campaign.seed(), replicate)));
  }
}
