"""Here-documents: data to a program, code to a shell, and what expands in them runs."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
cat <<EOF⏎$(rm x)⏎EOF => run rm x · write x [delete] · run cat
cat <<'EOF'⏎$(rm x)⏎EOF => run cat
cat <<\EOF⏎`rm x`⏎EOF => run cat
cat <<-EOF⏎	a⏎	EOF⏎rm x => run cat · run rm x · write x [delete]
sh <<EOF⏎rm x⏎EOF => run sh · run rm x · write x [delete]
sh <<A; cat <<B⏎rm x⏎A⏎rm y⏎B => run sh · run rm x · write x [delete] · run cat
cat <<< "$(rm x)" => run rm x · write x [delete] · run cat
bash <<< 'rm x' => run bash · run rm x · write x [delete]
cat <<EOF > f; sh f⏎rm x⏎EOF => run cat · write f · run sh f · read f · run rm x · write x [delete]
cat <<EOF⏎a \$(rm x)⏎EOF => run cat
cat <<EOF | sh⏎rm x⏎EOF => run cat · run sh · run rm x · write x [delete]
cat <<EOF⏎never closed $(rm x) => run rm x · write x [delete] · run cat
"""
)
