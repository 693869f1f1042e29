package io.tombola.actors.publish.outbox;

import io.tombola.actors.publish.RecordEncoder;
import io.tombola.protocol.record.CampaignRecord;
import io.tombola.protocol.record.RecordHeaders;
import io.tombola.protocol.record.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A state to be published, with the number of events it was folded from. */
record CampaignMessage(CampaignRecord campaign, long sequence) {

  ProducerRecord<String, byte[]> toKafka(String store) {
    return RecordEncoder.of(
        Topics.CAMPAIGNS,
        campaign.key(),
        campaign,
        RecordHeaders.ofCampaign(campaign, sequence, store));
  }
}
