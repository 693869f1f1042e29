/** What consumers read: published records, topics and headers, with their JSON Schemas. */
package io.tombola.protocol.record;
