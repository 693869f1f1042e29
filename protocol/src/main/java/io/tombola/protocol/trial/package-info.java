/** What trainers are asked and what they answer: plain data with references to artifacts. */
package io.tombola.protocol.trial;
