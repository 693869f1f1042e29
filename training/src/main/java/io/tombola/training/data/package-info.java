/** Data sets in their original files, checked by hash, and how they are split. */
package io.tombola.training.data;
