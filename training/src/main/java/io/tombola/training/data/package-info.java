/** Data sets in their original file formats, where they come from, and how they are split. */
package io.tombola.training.data;
