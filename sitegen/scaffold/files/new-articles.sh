#!/usr/bin/env bash
# Fetches what is new in the feeds, converts new seeds, and commits what came of it: straight to this branch,
# or, with NEW_ARTICLES=pull-request, to one that waits in a pull request for an editor.
set -euo pipefail

branch=$(git branch --show-current)
waiting=sitegen/new-articles
git config user.name "github-actions[bot]"
git config user.email "41898282+github-actions[bot]@@users.noreply.github.com"

# Whatever happens, the steps that follow find the branch that they are to build: never a merge that was left
# half-way, nor what waits for an editor.
back() {
  git merge --abort 2>/dev/null || git rebase --abort 2>/dev/null || true
  git switch --quiet --discard-changes "$branch"
}
trap back EXIT

target=$branch
if [ "${NEW_ARTICLES:-branch}" = pull-request ]; then
  target=$waiting
  there=no
  if git fetch --quiet origin "+refs/heads/$waiting:refs/remotes/origin/$waiting" 2>/dev/null; then
    there=yes
    tip=$(git rev-parse "origin/$waiting")
    # Once it is merged, in whatever way, all it held is on this branch, and the next one begins anew.
    if gh pr list --head "$waiting" --state merged --json headRefOid | grep --quiet "$tip"; then
      git push --quiet origin --delete "$waiting"
      there=no
    fi
  fi
  if [ "$there" = yes ]; then
    # What an editor has done in the pull request stays: new articles come on top of it.
    git switch --quiet -C "$waiting" "origin/$waiting"
    if ! git merge --quiet --no-edit "$branch"; then
      echo "::error::$branch and $waiting have both changed the same lines: merge them by hand."
      exit 1
    fi
  else
    git switch --quiet -C "$waiting"
  fi
fi

# A feed or a seed with a fault shows on the page of the run, and keeps no other waiting.
sitegen fetch || true
sitegen convert || true

git add --all content seeds
if ! git diff --cached --quiet; then
  git commit --quiet --message "New articles"
  if [ "$target" = "$branch" ]; then git pull --quiet --rebase; fi
  git push --quiet origin "HEAD:refs/heads/$target"
  echo "committed=true" >> "${GITHUB_OUTPUT:-/dev/null}"
  if [ "$target" = "$waiting" ] && [ "$(gh pr list --head "$waiting" --state open --json number)" = "[]" ]; then
    gh pr create --base "$branch" --head "$waiting" --title "New articles" \
      --body "Fetched and converted by the scheduled run. Merging publishes them."
  fi
fi
