import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.TreeSet;
import org.dkpro.statistics.agreement.unitizing.KrippendorffAlphaUnitizingAgreement;
import org.dkpro.statistics.agreement.unitizing.UnitizingAnnotationStudy;

/** Asks DKPro for Krippendorff's unitised alpha; agreement_golden.py says how it is compiled and what it reads. */
public class UnitisedAlpha {
    public static void main(String[] arguments) {
        Scanner in = new Scanner(System.in);
        for (int cases = in.nextInt(); cases > 0; cases--) {
            UnitizingAnnotationStudy study = new UnitizingAnnotationStudy(in.nextInt(), 0, in.nextInt());
            for (int units = in.nextInt(); units > 0; units--) {
                int rater = in.nextInt(), first = in.nextInt(), length = in.nextInt();
                study.addUnit(first, length, rater, in.next());
            }
            KrippendorffAlphaUnitizingAgreement alpha = new KrippendorffAlphaUnitizingAgreement(study);
            TreeSet<String> categories = new TreeSet<>();
            for (Object category : study.getCategories()) categories.add(category.toString());
            StringBuilder line = new StringBuilder().append(alpha.calculateAgreement());
            for (String category : categories)
                line.append(" ").append(category).append(" ").append(alpha.calculateCategoryAgreement(category));
            System.out.println(line);
        }
    }
}
