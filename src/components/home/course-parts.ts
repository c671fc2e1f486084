/** The parts of the course and their lessons, in the reader's language, as `plugins/course` has read them. */
import { usePluginData } from '@docusaurus/useGlobalData';

export interface Lesson {
  /** Last part of the address; never changes. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly permalink: string;
  /** Ids of its labs. */
  readonly labs: readonly string[];
}

export interface CoursePart {
  readonly title: string;
  readonly lessons: readonly Lesson[];
}

export function useCourseParts(): readonly CoursePart[] {
  return (usePluginData('course') as { readonly parts: readonly CoursePart[] }).parts;
}
