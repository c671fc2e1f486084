/** The vocabulary of lessons: what an author may use in MDX without importing it. */
import MDXComponents from '@theme-original/MDXComponents';
import Check from '@site/src/components/check';
import { Because, Option } from '@site/src/components/check/Option';
import Experiment from '@site/src/components/experiment';
import Lab from '@site/src/components/lab';
import Measured from '@site/src/components/measured/Measured';
import Run from '@site/src/components/timeline/Run';

export default { ...MDXComponents, Because, Check, Experiment, Lab, Measured, Option, Run };
