/** The vocabulary of lessons: what an author may use in MDX without importing it. */
import MDXComponents from '@theme-original/MDXComponents';
import Lab from '@site/src/components/lab';
import Measured from '@site/src/components/measured/Measured';
import Run from '@site/src/components/timeline/Run';

export default { ...MDXComponents, Lab, Measured, Run };
