package io.tombola.actors;

import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.training.data.DataSplits;
import io.tombola.training.data.Dataset;
import io.tombola.training.data.Datasets;
import io.tombola.training.seed.Seeds;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The examples that trainers of this process share, each read once. Thread-safe. */
public final class DataShelf {

  private record SplitKey(DatasetSpec dataset, long seed, int replicate) {}

  private final Map<DatasetSpec, Dataset> datasets = new ConcurrentHashMap<>();
  private final Map<SplitKey, DataSplits> splits = new ConcurrentHashMap<>();

  /**
   * The data set of a campaign.
   *
   * @throws io.tombola.training.data.BadDataException if it cannot be read
   */
  public Dataset dataset(DatasetSpec spec) {
    return datasets.computeIfAbsent(spec, Datasets::load);
  }

  /**
   * Training, validation and test examples of one replicate.
   *
   * @throws io.tombola.training.data.BadDataException if the data cannot be read
   */
  public DataSplits splits(CampaignSpec campaign, int replicate) {
    return splits.computeIfAbsent(
        new SplitKey(campaign.dataset(), campaign.seed(), replicate),
        key -> DataSplits.of(dataset(campaign.dataset()), new Seeds(campaign.seed(), replicate)));
  }
}
