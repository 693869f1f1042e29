/**
 * What happened, as it is persisted. Events evolve by addition only: a field that is added later is
 * optional, and no field or event is ever renamed.
 */
package io.tombola.protocol.event;
