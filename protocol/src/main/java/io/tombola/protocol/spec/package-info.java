/** What a campaign is asked to do: validated records, one for each block of a campaign file. */
package io.tombola.protocol.spec;
