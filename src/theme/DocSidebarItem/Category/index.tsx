/** A part of the course in the sidebar. It leads nowhere and is never folded, so it is a heading and no link. */
import type { ComponentProps, ReactNode } from 'react';
import clsx from 'clsx';
import OriginalCategory from '@theme-original/DocSidebarItem/Category';
import DocSidebarItems from '@theme/DocSidebarItems';

type Props = ComponentProps<typeof OriginalCategory>;

export default function SidebarCategory(props: Props): ReactNode {
  const { item, level, activePath, onItemClick } = props;
  if (item.collapsible || item.href !== undefined) return <OriginalCategory {...props} />;
  return (
    <li className={clsx(`theme-doc-sidebar-item-category-level-${level}`, 'menu__list-item', item.className)}>
      <div className="menu__list-item-collapsible">
        <span className="menu__link">{item.label}</span>
      </div>
      <ul className="menu__list">
        <DocSidebarItems
          items={item.items}
          tabIndex={0}
          onItemClick={onItemClick}
          activePath={activePath}
          level={level + 1}
        />
      </ul>
    </li>
  );
}
