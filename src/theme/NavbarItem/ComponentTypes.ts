import ComponentTypes from '@theme-original/NavbarItem/ComponentTypes';
import LanguageSwitch from './LanguageSwitch';

/** Kinds of item that `themeConfig.navbar.items` may name. */
export default { ...ComponentTypes, 'custom-languageSwitch': LanguageSwitch };
