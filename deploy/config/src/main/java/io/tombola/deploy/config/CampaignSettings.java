package io.tombola.deploy.config;

import io.tombola.protocol.spec.CampaignSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** A campaign as the keys and values of its file, in the order of the file. */
public final class CampaignSettings {

  private CampaignSettings() {}

  /** Values as they are written in a file; a key that is null is left out. */
  public static Map<String, String> of(CampaignSpec spec) {
    Map<String, String> values = new LinkedHashMap<>();
    ConfigKeys.ofCampaign()
        .forEach(key -> key.valueIn(spec).ifPresent(value -> values.put(key.typed(), value)));
    return values;
  }
}
